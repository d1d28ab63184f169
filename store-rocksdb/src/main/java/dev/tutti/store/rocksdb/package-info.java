/**
 * Keeps a store on one machine's disk: the data directory, and RocksDB inside it. Knows nothing of
 * what the bytes mean.
 */
@NullMarked
package dev.tutti.store.rocksdb;

import org.jspecify.annotations.NullMarked;
