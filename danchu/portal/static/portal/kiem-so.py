#!/usr/bin/env python3
"""Kiểm dấu kiểm của sổ nhật ký / Check checkpoints of the journal (C2SP, RFC 6962).

    kiem-so.py KEYS CHECKPOINT                    chữ ký / the signatures
    kiem-so.py KEYS CHECKPOINT PROOF.json         … và dòng nằm trong sổ / … inclusion of an entry
    kiem-so.py KEYS LATER PROOF.json EARLIER      … và sổ chỉ ghi thêm / … consistency

KEYS: mỗi dòng một vkey, lấy từ nơi mình tin / one vkey a line, from a place you trust.
Mã thoát / exit code: 0 đúng / holds, 1 sai / wrong. SPDX-License-Identifier: AGPL-3.0-or-later
"""

import json
import struct
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def must(holds, message="chứng minh sai / wrong proof"):
    if not holds:
        raise ValueError(message)


def check_signature(name, key, text, signature):
    """A note signature (type 1) or cosignature (types 4, 6); an exception when it is wrong."""
    if key[0] == 1:
        return Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, text.encode())
    seconds, signature = signature[:8], signature[8:]
    if key[0] == 4:
        message = f"cosignature/v1\ntime {int.from_bytes(seconds, 'big')}\n{text}".encode()
        return Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, message)
    from cryptography.hazmat.primitives.asymmetric import mldsa  # late: optional

    name, (origin, size, root) = name.encode(), text.encode().splitlines()
    message = b"subtree/v1\n\0" + bytes([len(name)]) + name + seconds + bytes([len(origin)])
    message += origin + struct.pack(">QQ", 0, int(size)) + b64decode(root)
    return mldsa.MLDSA44PublicKey.from_public_bytes(key[1:]).verify(signature, message)


def signed_head(path, vkeys):
    """(size, root) of a checkpoint with a signature of at least one key and no wrong one."""
    text, lines = Path(path).read_text("utf-8").rsplit("\n\n", 1)
    keys = {(name, key_id): key for name, key_id, key in (vkey.split("+", 2) for vkey in vkeys)}
    signers = 0
    for line in lines.splitlines():
        _dash, name, blob = line.split(" ")
        blob = b64decode(blob)
        key = b64decode(keys.get((name, blob[:4].hex()), ""))
        if key:
            check_signature(name, key, text + "\n", blob[4:])
            signers += 1
    must(signers, "không có chữ ký của khóa đã cho / no signature of a key given")
    return int(text.split("\n")[1]), b64decode(text.split("\n")[2])


def climb(old, new, index, last, path):
    """Both roots after a path (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    for step in path:
        must(last)
        if index % 2 or index == last:
            old, new = (sha256(b"\1" + step + one).digest() for one in (old, new))
            while index and index % 2 == 0:
                index, last = index // 2, last // 2
        else:
            new = sha256(b"\1" + new + step).digest()
        index, last = index // 2, last // 2
    must(last == 0)
    return old, new


def main(keys, checkpoint, proof=None, earlier=None):
    vkeys = Path(keys).read_text("utf-8").split()
    size, root = signed_head(checkpoint, vkeys)
    if proof:
        proof = json.loads(Path(proof).read_text("utf-8"))
        path = [bytes.fromhex(step) for step in proof["path"]]
    if earlier:
        first_size, first_root = signed_head(earlier, vkeys)
        path = path if first_size & (first_size - 1) else [first_root, *path]
        index, last = first_size - 1, size - 1
        while index % 2:
            index, last = index // 2, last // 2
        heads = climb(path[0], path[0], index, last, path[1:]) if size > first_size else (root,) * 2
        must(heads == (first_root, root), "sổ đã bị viết lại / the log was rewritten")
    elif proof:
        leaf, index = bytes.fromhex(proof["leaf_hash"]), proof["entry"] - 1
        must(0 <= index < size and climb(leaf, leaf, index, size - 1, path)[1] == root)
    print(f"đúng / holds: {size}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception as error:
        sys.exit(f"SAI / WRONG: {type(error).__name__} {error}")
