<?php
// Settings of a wiki for development and tests. It writes to WIKI_DIR only.

$dir = getenv( 'WIKI_DIR' );

$wgServer = getenv( 'WIKI_SERVER' );
$wgScriptPath = '/w';
$wgResourceBasePath = '/w';
$wgArticlePath = '/wiki/$1';
$wgSitename = 'Testwiki';
$wgMetaNamespace = 'Testwiki';
$wgLanguageCode = 'en';
$wgLocaltimezone = 'UTC';

$wgDBtype = 'sqlite';
$wgDBname = 'wiki';
$wgSQLiteDataDir = "$dir/data";

// Caches and sessions have their own databases, so that reads do not wait for writes and sessions outlive a reset.
$inItsOwnFile = static fn ( $name ) => [
	'class' => SqlBagOStuff::class,
	'server' => [
		'type' => 'sqlite',
		'dbname' => $name,
		'tablePrefix' => '',
		'variables' => [ 'synchronous' => 'OFF' ],
		'dbDirectory' => $wgSQLiteDataDir,
		'trxMode' => 'IMMEDIATE',
		'flags' => 0,
	],
];
$wgObjectCaches[CACHE_DB] = $inItsOwnFile( 'cache' );
$wgObjectCaches['sessions'] = $inItsOwnFile( 'sessions' );
$wgObjectCaches['db-replicated'] = [
	'factory' => 'Wikimedia\ObjectFactory\ObjectFactory::getObjectFromSpec',
	'args' => [ [ 'factory' => 'ObjectCache::getInstance', 'args' => [ CACHE_DB ] ] ],
];
// The seed makes its edits in the past, so caches would keep outdated pages.
$wgMainCacheType = PHP_SAPI === 'cli' ? CACHE_NONE : CACHE_DB;
$wgSessionCacheType = 'sessions';
$wgCacheDirectory = "$dir/cache";
$wgLocalisationCacheConf['store'] = 'array';
$wgResourceLoaderUseObjectCacheForDeps = true;
$wgInvalidateCacheOnLocalSettingsChange = false;

$wgSecretKey = hash( 'sha256', $dir );
$wgAuthenticationTokenVersion = '1';
// The password is public, so a slow hash has no use.
$wgPasswordConfig['pbkdf2']['cost'] = '1';
$wgPasswordAttemptThrottle = [];
$wgRateLimits = [];

$wgEnableEmail = false;
$wgEnableUploads = false;
$wgUploadDirectory = "$dir/images";
$wgTmpDirectory = "$dir/tmp";
$wgPingback = false;
$wgJobRunRate = 0;
$wgReadOnlyFile = "$dir/read-only";
$wgShowExceptionDetails = true;
$wgDebugLogGroups['exception'] = "$dir/exceptions.log";

// A changed gadget is loaded with the next page, not after five minutes.
$wgResourceLoaderMaxage = [ 'versioned' => 30 * 24 * 3600, 'unversioned' => 0 ];

foreach ( [ 'Vector', 'MinervaNeue', 'Timeless', 'MonoBook' ] as $name ) {
	wfLoadSkin( $name, "$dir/www/w/skins/$name/skin.json" );
}
$wgDefaultSkin = 'vector-2022';
wfLoadExtension( 'Gadgets' );
// Extensions that a test has copied to the wiki, beside links to the installed ones.
foreach ( glob( "$dir/www/w/extensions/*/extension.json" ) as $file ) {
	if ( !is_link( dirname( $file ) ) ) {
		wfLoadExtension( basename( dirname( $file ) ), $file );
	}
}

$wgLogos = [ 'icon' => '/w/resources/assets/change-your-logo-icon.svg' ];

$switches = is_file( "$dir/settings.json" ) ? json_decode( file_get_contents( "$dir/settings.json" ), true ) : [];
foreach ( $switches as $name => $value ) {
	$GLOBALS[$name] = is_array( $value ) && is_array( $GLOBALS[$name] ?? null )
		? array_replace_recursive( $GLOBALS[$name], $value )
		: $value;
}
unset( $dir, $inItsOwnFile, $file, $switches, $name, $value );
