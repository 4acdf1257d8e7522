/**
 * Loads the native library (OpenDP's exact noise, faer's eigenproblems). The only package that knows how; native methods are declared by the
 * packages that use them, in package-private classes that call {@link discreet.natives.NativeLibrary#load()} first. Free of Spark, and
 * never loaded on an executor.
 */
@NullMarked
package discreet.natives;

import org.jspecify.annotations.NullMarked;
