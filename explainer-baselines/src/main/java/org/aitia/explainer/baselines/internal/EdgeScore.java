package org.aitia.explainer.baselines.internal;

/** How the importance of an edge follows from those of its ends. */
enum EdgeScore {
    MEAN {
        @Override
        double of(double source, double target) {
            return (source + target) / 2;
        }
    },
    PRODUCT {
        @Override
        double of(double source, double target) {
            return source * target;
        }
    },
    MAX {
        @Override
        double of(double source, double target) {
            return Math.max(source, target);
        }
    },
    SOURCE {
        @Override
        double of(double source, double target) {
            return source;
        }
    },
    TARGET {
        @Override
        double of(double source, double target) {
            return target;
        }
    };

    /** Combines importances in [0, 1] into one in [0, 1]. */
    abstract double of(double source, double target);
}
