#ifndef WAYBILL_FILE_ENTRY_H
#define WAYBILL_FILE_ENTRY_H

#include <stdint.h>

/// What a name in a directory stands for, or with an empty name what is open as `directory`: its inode and its size.
///
/// statx(2) without the times. Whoever asks for a file's times makes Linux 6.13 and later note the next write's exactly
/// (multigrain timestamps), and then each fdatasync waits for a commit of the file system's journal too.
///
/// Returns 0, or −1 with errno.
int waybill_file_entry(int directory, const char *name, uint64_t *identity, uint64_t *bytes);

#endif
