<?php
// `keep` copies the databases, `restore` restores the copies. SQLite copies page by page, which is safe during reads and
// writes of other processes, unlike renaming a file.

[ , $mode, $dir ] = $argv;

foreach ( [ 'wiki', 'cache' ] as $name ) {
	$live = "$dir/data/$name.sqlite";
	$kept = "$dir/kept/$name.sqlite";
	[ $from, $to ] = $mode === 'keep' ? [ $live, $kept ] : [ $kept, $live ];
	$source = new SQLite3( $from );
	$source->busyTimeout( 5000 );
	$target = new SQLite3( $to );
	$target->busyTimeout( 5000 );
	// Reads continue during a write.
	( $mode === 'keep' ? $source : $target )->exec( 'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF' );
	// SQLite does not always wait for a write.
	for ( $tries = 1000; !@$source->backup( $target ); $tries-- ) {
		if ( $tries === 0 ) {
			fwrite( STDERR, "$name: " . $target->lastErrorMsg() . "\n" );
			exit( 1 );
		}
		usleep( 5000 );
	}
}
