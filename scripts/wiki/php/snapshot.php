<?php
// `keep` copies the databases, `restore` brings the copies back: page by page through SQLite, which is safe while others
// read and write. A file that is renamed under them is not.

[ , $mode, $dir ] = $argv;

foreach ( [ 'wiki', 'cache' ] as $name ) {
	$live = "$dir/data/$name.sqlite";
	$kept = "$dir/kept/$name.sqlite";
	[ $from, $to ] = $mode === 'keep' ? [ $live, $kept ] : [ $kept, $live ];
	$source = new SQLite3( $from );
	$source->busyTimeout( 5000 );
	$target = new SQLite3( $to );
	$target->busyTimeout( 5000 );
	// Readers go on while one writes.
	( $mode === 'keep' ? $source : $target )->exec( 'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF' );
	// SQLite does not always wait for who writes.
	for ( $tries = 1000; !@$source->backup( $target ); $tries-- ) {
		if ( $tries === 0 ) {
			fwrite( STDERR, "$name: " . $target->lastErrorMsg() . "\n" );
			exit( 1 );
		}
		usleep( 5000 );
	}
}
