<?php
// SPDX-License-Identifier: GPL-2.0-or-later

namespace MediaWiki\Extension\MentorshipModule;

class Hooks {
	/** Adds the loader for readers with an account, so that others download nothing. */
	public function onBeforePageDisplay( $out, $skin ): void {
		if ( $out->getUser()->isNamed() ) {
			$out->addModules( 'ext.mentorshipModule' );
		}
	}
}
