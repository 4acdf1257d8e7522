package discreet.plan;

/** Says where the item ids of a training come from. */
public sealed interface ItemIds {
    /**
     * Returns what the ledger keeps of this choice, which a rerun is held against.
     *
     * @throws IllegalStateException if the catalogue is not known yet
     */
    String ledgerText();

    /**
     * Says that a public catalogue lists the ids.
     *
     * @param digest identity of the catalogue, {@link Objective#digest}. A rerun must give the same one
     */
    record Listed(String digest) implements ItemIds {
        @Override
        public String ledgerText() {
            return digest;
        }
    }

    /**
     * Says that a public catalogue will list the ids, before the catalogue is read. Such a training can be
     * checked and priced. It cannot be charged, because the ledger keeps the catalogue's identity.
     */
    record ToBeListed() implements ItemIds {
        @Override
        public String ledgerText() {
            throw new IllegalStateException("A training without its catalogue can be priced and not charged.");
        }
    }

    /** Says that private partition selection finds the ids among the ratings ({@link PartitionSelection}). */
    record SelectedPrivately() implements ItemIds {
        /** Stands for the catalogue. No digest has this form. */
        @Override
        public String ledgerText() {
            return "discovered";
        }
    }
}
