package org.aitia.testkit.container;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests a parameter of type {@link Aitia}: an installation of their own in a temporary directory whose path
 * contains a space. A test method gets a fresh one; where a {@code @BeforeAll} method asks for it, the whole class shares
 * that one. The system property {@code aitia.distribution} names the unpacked product; without it the tests are skipped.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(AitiaContainerExtension.class)
public @interface AitiaContainer {}
