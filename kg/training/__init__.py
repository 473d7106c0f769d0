"""Training of the recogniser (`kg train`): reads annotated papers, writes the file of weights.

    gold        annotations joined with their texts
    asides      other corpora, which teach the encoder alone
    vectors     word vectors from plain abstracts
    examples    what the network is shown
    fitting     how the network learns
    silver      what a first network says of papers that nobody annotated
    judging     what the judge and the model of relations are shown
    growing     the judge's forest
    relations   the model of relations
    recipe      all of it in order, with cross-validation
    card        the model card

Needs the extra `paperkg[train]`.
"""
