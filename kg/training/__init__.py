"""Training of the recogniser (`kg train`): reads annotated papers, writes the file of weights.

    gold        annotations joined with their texts
    asides      other corpora, which teach the encoder alone
    vectors     word vectors from plain abstracts
    examples    what the network is shown
    trainable   the network as it learns
    fitting     how it learns
    masking     guessing hidden words
    silver      what a first network says of papers that nobody annotated
    cases       annotated papers before the judge
    judging     teaching the judge and the models of relations, and scoring them
    growing     the forests
    relations   the linear model of relations
    recipe      all of it in order, with cross-validation
    card        the model card

Needs the extra `paperkg[train]`.
"""
