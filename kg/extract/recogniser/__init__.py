"""The learned recogniser: a small network and three judges, trained on annotated papers (MODEL_CARD.md).

    features    tokens and the finds of the rules as numbers
    network     a convolutional encoder; for each token, what it is part of and what is said of it
    spans       from the network's probabilities to candidate spans
    judge       which candidates, the rules' and the network's, name an entity
    relating    which relation may hold between the paper and an entity, each for itself
    weighing    which relations hold, all of a paper's entities considered
    forest      the decision trees of judge and weighing
    weights     the file they are kept in

`kg.training` makes the weights; nothing here knows how.
"""
