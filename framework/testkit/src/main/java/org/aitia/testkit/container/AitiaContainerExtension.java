package org.aitia.testkit.container;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Makes and removes the installations that {@link AitiaContainer} promises. */
public final class AitiaContainerExtension implements ParameterResolver, ExecutionCondition {

    /** System property: the directory of the unpacked product. */
    public static final String DISTRIBUTION = "aitia.distribution";

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(AitiaContainerExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String distribution = System.getProperty(DISTRIBUTION);
        return distribution != null && Files.isDirectory(Path.of(distribution))
                ? ConditionEvaluationResult.enabled("the product is at " + distribution)
                : ConditionEvaluationResult.disabled("system property " + DISTRIBUTION + " names no built product");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Aitia.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // A store looks in its parents first, so what a class asked for in @BeforeAll its methods get too.
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Aitia.class, key -> Aitia.install(Path.of(System.getProperty(DISTRIBUTION))), Aitia.class);
    }
}
