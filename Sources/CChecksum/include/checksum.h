#ifndef WAYBILL_CHECKSUM_H
#define WAYBILL_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `length` bytes, continued from `seed` (0 to begin).
/// Uses the SSE4.2 or ARMv8 instruction where the processor has it, else a table.
uint32_t waybill_crc32c(uint32_t seed, const void *bytes, size_t length);

/// The table path alone, so that a test can hold the two against each other.
uint32_t waybill_crc32c_table(uint32_t seed, const void *bytes, size_t length);

#endif
