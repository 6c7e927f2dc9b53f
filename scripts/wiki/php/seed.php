<?php
// Creates the {people, edits, blocks} of standard input, each at its time.

use MediaWiki\Block\Restriction\PageRestriction;
use MediaWiki\MediaWikiServices;
use MediaWiki\Revision\SlotRecord;
use Wikimedia\Timestamp\ConvertibleTimestamp;

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

class Seed extends Maintenance {
	public function execute() {
		$seed = json_decode( stream_get_contents( STDIN ), true, 512, JSON_THROW_ON_ERROR );
		$password = MediaWikiServices::getInstance()->getPasswordFactory()->newFromPlaintext( $seed['password'] )->toString();
		foreach ( $seed['people'] as $person ) {
			$this->createPerson( $person, $password );
		}
		$revisions = [];
		foreach ( $seed['edits'] as $edit ) {
			$revisions[$edit['key'] ?? ''] = $this->edit( $edit );
		}
		foreach ( $seed['blocks'] as $block ) {
			$this->block( $block );
		}
		ConvertibleTimestamp::setFakeTime( false );
		foreach ( $seed['people'] as $person ) {
			$this->storeOptions( $person, $revisions );
		}
		DeferredUpdates::doUpdates();
		// Last, because each edit above increases the count.
		foreach ( $seed['people'] as $person ) {
			$this->update( $person['name'], [ 'user_editcount' => $person['edits'] ] );
		}
		SiteStatsInit::doAllAndCommit( $this->getDB( DB_PRIMARY ), [ 'update' => true ] );
	}

	private function createPerson( array $person, string $password ) {
		$registered = wfTimestamp( TS_MW, $person['registered'] );
		if ( !$this->userNamed( $person['name'] )->isRegistered() ) {
			User::createNew( $person['name'] );
		}
		$this->update( $person['name'], [ 'user_password' => $password, 'user_registration' => $registered ] );
		foreach ( $person['groups'] ?? [] as $group ) {
			MediaWikiServices::getInstance()->getUserGroupManager()
				->addUserToGroup( $this->userNamed( $person['name'] ), $group );
		}
	}

	/** Returns the id of the new revision. */
	private function edit( array $edit ) {
		ConvertibleTimestamp::setFakeTime( wfTimestamp( TS_MW, $edit['at'] ) );
		$title = Title::newFromTextThrow( $edit['title'] );
		$content = ContentHandler::makeContent( $edit['text'], $title, $edit['model'] ?? null );
		$updater = MediaWikiServices::getInstance()->getWikiPageFactory()->newFromTitle( $title )
			->newPageUpdater( $this->userNamed( $edit['user'] ) )
			->setContent( SlotRecord::MAIN, $content );
		$revision = $updater->saveRevision( CommentStoreComment::newUnsavedComment( $edit['summary'] ?? '' ) );
		if ( !$revision ) {
			throw new RuntimeException( "{$edit['title']}: " . $updater->getStatus()->getWikiText( false, false, 'en' ) );
		}
		DeferredUpdates::doUpdates();
		return $revision->getId();
	}

	private function block( array $block ) {
		ConvertibleTimestamp::setFakeTime( wfTimestamp( TS_MW, $block['at'] ) );
		$pages = array_map(
			static fn ( $title ) => PageRestriction::newFromTitle( $title ),
			$block['pages'] ?? []
		);
		$status = MediaWikiServices::getInstance()->getBlockUserFactory()->newBlockUser(
			$block['user'],
			$this->userNamed( $block['by'] ),
			$block['expiry'],
			$block['reason'],
			[ 'isPartial' => (bool)$pages, 'isUserTalkEditBlocked' => false ],
			$pages
		)->placeBlockUnsafe();
		if ( !$status->isOK() ) {
			throw new RuntimeException( $status->getWikiText( false, false, 'en' ) );
		}
	}

	private function storeOptions( array $person, array $revisions ) {
		$options = $person['options'] ?? [];
		if ( isset( $person['questions'] ) ) {
			$options['userjs-mentorship-questions'] = json_encode( array_map(
				static fn ( $asked ) => [ 'revision' => $revisions[$asked['revision']] ] + $asked,
				$person['questions']
			), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
		}
		$manager = MediaWikiServices::getInstance()->getUserOptionsManager();
		$user = $this->userNamed( $person['name'] );
		foreach ( $options as $name => $value ) {
			$manager->setOption( $user, $name, $value );
		}
		$manager->saveOptions( $user );
	}

	private function update( string $name, array $values ) {
		$this->getDB( DB_PRIMARY )->update( 'user', $values, [ 'user_name' => $name ], __METHOD__ );
	}

	private function userNamed( string $name ): User {
		return MediaWikiServices::getInstance()->getUserFactory()->newFromName( $name );
	}
}

$maintClass = Seed::class;
require_once RUN_MAINTENANCE_IF_MAIN;
