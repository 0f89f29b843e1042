#!/usr/bin/env python3
"""Kiểm sổ nhật ký / Check the journal (C2SP, RFC 6962). SPDX-License-Identifier: AGPL-3.0-or-later

    kiem-so.py KEYS CHECKPOINT [PROOF.json]     chữ ký, dòng, bản ghi / signatures, inclusion
    kiem-so.py KEYS LATER PROOF.json EARLIER    … và sổ chỉ ghi thêm / … consistency
KEYS: mỗi dòng một vkey, lấy từ nơi mình tin / one vkey a line, from a place you trust.
Mã thoát / exit code: 0 đúng / holds, 1 sai / wrong."""

import json
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
    message += origin + int(size).to_bytes(16, "big") + b64decode(root)
    return mldsa.MLDSA44PublicKey.from_public_bytes(key[1:]).verify(signature, message)


def signed_head(path, vkeys):
    """(size, root) of a checkpoint with a signature of at least one key and no wrong one."""
    text, lines = Path(path).read_text("utf-8").rsplit("\n\n", 1)
    keys = {(name, key_id): key for name, key_id, key in (vkey.split("+", 2) for vkey in vkeys)}
    signers = 0
    for _dash, name, blob in map(str.split, lines.splitlines()):
        if key := b64decode(keys.get((name, b64decode(blob)[:4].hex()), "")):
            check_signature(name, key, text + "\n", b64decode(blob)[4:])
            signers += 1
    must(signers, "không có chữ ký của khóa đã cho / no signature of a key given")
    return int(text.split("\n")[1]), b64decode(text.split("\n")[2])


def climb(old, new, index, last, path):
    """Both roots, the earlier and the whole, after a path (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    must(0 <= index <= last)
    for step in map(bytes.fromhex, path):
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


def entry_leaf(row):
    """The leaf of the entry to which the proof of a record leads."""
    kind, form, key, *values = json.loads(row["content"])
    salted = bytes.fromhex(row["salt"]) + row["content"].encode()
    digest = sha256(salted).hexdigest() if values else row["digest"]  # or only the digest is shown
    leaf = sha256(f"\0{kind}\n{key}\n{form}\n{row['state']}\n{digest}".encode()).digest()
    root = climb(leaf, leaf, row["index"], row["size"] - 1, row["path"])[1].hex()
    text = f"\0danchu leaf 1\n{row['blinded']}\nrows/1 {row['size']} {root}\n"
    return sha256(text.encode()).digest()


def main(keys, checkpoint, proof=None, earlier=None):
    size, root = signed_head(checkpoint, vkeys := Path(keys).read_text("utf-8").split())
    proof = json.loads(Path(proof).read_bytes()) if proof else {}
    if earlier and (old := signed_head(earlier, vkeys)) != (size, root):
        (old_size, old_root), zeros = old, (old[0] & -old[0]).bit_length() - 1
        first, *path = proof["path"] if old_size >> zeros > 1 else [old_root.hex(), *proof["path"]]
        node = bytes.fromhex(first)
        heads = climb(node, node, old_size - 1 >> zeros, size - 1 >> zeros, path)
        must(heads == (old_root, root), "sổ đã bị viết lại / the log was rewritten")
    elif proof and not earlier:
        leaf = entry_leaf(proof["row"]) if "row" in proof else bytes.fromhex(proof["leaf_hash"])
        must(climb(leaf, leaf, proof["entry"] - 1, size - 1, proof["path"])[1] == root)
    record = proof["row"]["content"] + "\n" if "row" in proof and not earlier else ""
    print(record, f"đúng / holds: {size}", sep="")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception as error:
        sys.exit(f"SAI / WRONG: {type(error).__name__} {error}")
