package dev.tutti.services.s3;

/**
 * The cyclic redundancy check of 64 bits that AWS calls CRC64NVME (NVM Command Set Specification,
 * "64b CRC"): bits reflected, all ones to begin with, and all turned over at the end.
 */
final class Crc64 {
  private static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;
  private static final long[] TABLE = table();

  private Crc64() {}

  static long of(byte[] content) {
    long crc = -1;
    for (byte each : content) {
      crc = TABLE[(int) (crc ^ each) & 0xff] ^ (crc >>> 8);
    }
    return ~crc;
  }

  private static long[] table() {
    long[] table = new long[256];
    for (int i = 0; i < table.length; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }
}
