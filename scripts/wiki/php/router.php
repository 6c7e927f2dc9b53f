<?php
// Routes requests as the configuration of a web server does: entry points, pretty page addresses and static files only.

$path = rawurldecode( parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) ?? '/' );

if ( preg_match( '~^/w/(?:resources|skins|extensions)/(?!.*\.\.).+\.(?:css|js|json|svg|png|gif|jpg|ico|woff2?|map)$~', $path ) ) {
	return false;
}
if ( $path === '/' ) {
	header( 'Location: /wiki/Main_Page', true, 302 );
	return true;
}
if ( preg_match( '~^/w/(index|api|load|rest|opensearch_desc)\.php(?:/|$)~', $path, $match ) ) {
	$script = "$match[1].php";
} elseif ( str_starts_with( $path, '/wiki/' ) ) {
	$script = 'index.php';
} else {
	http_response_code( 404 );
	header( 'Content-Type: text/plain; charset=utf-8' );
	echo 'Not found';
	return true;
}
$_SERVER['SCRIPT_NAME'] = "/w/$script";
$_SERVER['PHP_SELF'] = "/w/$script";
$_SERVER['SCRIPT_FILENAME'] = getenv( 'MW_INSTALL_PATH' ) . "/$script";
chdir( getenv( 'MW_INSTALL_PATH' ) );
require $_SERVER['SCRIPT_FILENAME'];
