"""The officials' desk: writing down, confirming, correcting, finding. No rules of its own."""
