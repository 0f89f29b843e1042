"""Archives of a few hundred kilobytes that unpack to gigabytes."""

import io
import zipfile
import zlib

BLOCK = 1024 * 1024
MOST_PACKED = 2 * 1024 * 1024


def archive_with_swollen_part(name, parts, *, blocks=600, filling=b"\0"):
    """A ZIP file with `parts`, {name: content}, and one more of so many MiB of `filling`, a byte.

    One block is compressed and its bytes are repeated, which deflate allows after a full flush
    (RFC 1951): to compress them all takes seconds.
    """
    block = filling * BLOCK
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed_block = compressor.compress(block) + compressor.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS).flush()
    packed = packed_block * blocks + end
    checksum = 0
    for _number in range(blocks):
        checksum = zlib.crc32(block, checksum)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in parts.items():
            archive.writestr(other, content)
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.CRC, entry.compress_size, entry.file_size = checksum, len(packed), blocks * BLOCK
        archive.fp.seek(archive.start_dir)
        entry.header_offset = archive.fp.tell()
        archive.fp.write(entry.FileHeader() + packed)
        archive.filelist.append(entry)
        archive.NameToInfo[name] = entry
        archive.start_dir = archive.fp.tell()
    assert len(file.getvalue()) < MOST_PACKED
    return file.getvalue()
