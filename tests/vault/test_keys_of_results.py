"""Keys of results and of urns: made once, read whole or not at all."""

import pytest
from django.conf import settings

from danchu.vault.signatures import (
    existing_public_key,
    is_signed,
    public_key,
    receipt_text,
    sign_receipt,
)
from danchu.vault.urn import Urn, UrnLost, destroy_urn, make_urn, urns

UID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"


@pytest.fixture
def own_vault(settings, tmp_path):
    settings.VAULT_ROOT = tmp_path
    return tmp_path


def test_the_key_of_an_installation_is_there_from_its_first_result_on(own_vault):
    assert existing_public_key() == ""
    key = public_key()
    assert existing_public_key() == key == public_key()


def test_a_signature_is_of_one_text_and_one_key(own_vault):
    signature, key = sign_receipt(UID, "ABCD"), public_key()
    text = receipt_text(UID, "ABCD")
    assert is_signed(text, signature, key)
    flipped = f"{int(signature[:2], 16) ^ 1:02x}{signature[2:]}"
    for wrong in (
        (receipt_text(UID, "ABCE"), signature, key),
        (text, flipped, key),
        (text, "", key),
        (text, "zz", key),
        (text, signature, key[:-2]),
    ):
        assert not is_signed(*wrong)


def test_an_urn_whose_key_is_gone_or_cut_short_does_not_open(own_vault):
    make_urn(UID)
    with Urn(UID) as urn:
        pass
    urn.close()
    [file] = list((own_vault / "urns").glob("*.key"))
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(UrnLost):
        Urn(UID)
    assert [str(uid) for uid in urns()] == [UID]
    destroy_urn(UID)
    with pytest.raises(UrnLost):
        Urn(UID)
    assert own_vault == settings.VAULT_ROOT
