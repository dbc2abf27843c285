"""Figure builders: data in, Vega-Lite or deck.gl specification out."""
