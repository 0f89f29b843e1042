"""Who acts for the installation itself, as the journal names them."""

from danchu.people.actor import Actor

# Gives the first offices.
THE_INSTALLATION = Actor.system("bản cài đặt")
# Appoints the first operator.
SET_UP = Actor.system("thiết lập")
