#include "checksum.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

// The reflected Castagnoli polynomial.
#define POLYNOMIAL 0x82f63b78u

static uint32_t table[256];
static atomic_bool table_ready;

// Idempotent: two threads that meet here write the same values.
static void fill_table(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t value = byte;
        for (int bit = 0; bit < 8; bit++) value = (value >> 1) ^ ((value & 1) ? POLYNOMIAL : 0);
        table[byte] = value;
    }
    atomic_store_explicit(&table_ready, true, memory_order_release);
}

uint32_t waybill_crc32c_table(uint32_t seed, const void *bytes, size_t length) {
    if (!atomic_load_explicit(&table_ready, memory_order_acquire)) fill_table();
    const uint8_t *at = bytes;
    uint32_t crc = ~seed;
    while (length--) crc = (crc >> 8) ^ table[(crc ^ *at++) & 0xff];
    return ~crc;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

__attribute__((target("sse4.2"))) static uint32_t crc32c_hardware(uint32_t seed, const uint8_t *at, size_t length) {
    uint64_t crc = (uint32_t)~seed;
    for (; length >= 8; at += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        crc = _mm_crc32_u64(crc, word);
    }
    for (; length; at++, length--) crc = _mm_crc32_u8((uint32_t)crc, *at);
    return ~(uint32_t)crc;
}

static bool has_hardware(void) { return __builtin_cpu_supports("sse4.2"); }

#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>

static uint32_t crc32c_hardware(uint32_t seed, const uint8_t *at, size_t length) {
    uint32_t crc = ~seed;
    for (; length >= 8; at += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        crc = __crc32cd(crc, word);
    }
    for (; length; at++, length--) crc = __crc32cb(crc, *at);
    return ~crc;
}

static bool has_hardware(void) { return true; }

#else

static uint32_t crc32c_hardware(uint32_t seed, const uint8_t *at, size_t length) {
    return waybill_crc32c_table(seed, at, length);
}

static bool has_hardware(void) { return false; }

#endif

uint32_t waybill_crc32c(uint32_t seed, const void *bytes, size_t length) {
    return has_hardware() ? crc32c_hardware(seed, bytes, length) : waybill_crc32c_table(seed, bytes, length);
}
