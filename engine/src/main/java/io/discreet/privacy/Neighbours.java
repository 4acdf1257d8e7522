package io.discreet.privacy;

/** Which data sets count as neighbours: what exactly an attacker cannot tell. Both are printed wherever a price is. */
public enum Neighbours {
    /** All rows of one account added or removed: what budgets and ledgers count in. */
    ADD_OR_REMOVE,

    /** All rows of one account replaced by those of another: a stronger promise about the same release, at a higher rho. */
    REPLACE_ONE
}
