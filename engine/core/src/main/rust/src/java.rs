//! Implements the native methods of Java. Arrays are copied in and out, so that no critical section is held
//! during a computation. Everything runs inside [`guarded`], and a failure becomes a Java exception of the
//! caller's package that carries its name and nothing else.

use std::ffi::c_void;
use std::panic::{self, AssertUnwindSafe};

use jni::objects::{JClass, JDoubleArray, JLongArray, JObject, JString, JThrowable, JValue};
use jni::sys::{jdouble, jdoubleArray, jint, jlong, jlongArray, jsize, jstring, JNI_VERSION_1_8};
use jni::{JNIEnv, JavaVM};

use crate::failure::{guarded, Failure};
use crate::leading::Reduced;
use crate::spectrum::Spectrum;
use crate::{conversion, noise, self_test};

const NOISE_EXCEPTION: &str = "discreet/noise/NoiseException";
const SPECTRUM_EXCEPTION: &str = "discreet/statistics/SpectrumException";

/// Either a failure of ours, or an exception of the JVM's (out of memory) that is already pending.
enum Trouble {
    Ours(Failure),
    Pending,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Trouble::Ours(failure)
    }
}

impl From<jni::errors::Error> for Trouble {
    fn from(error: jni::errors::Error) -> Self {
        match error {
            jni::errors::Error::JavaException => Trouble::Pending,
            jni::errors::Error::NullPtr(_) => Trouble::Ours(Failure::LengthMismatch),
            _ => Trouble::Ours(Failure::OutOfMemory),
        }
    }
}

/// Silences panics, because a panic's message may quote data and the default hook prints it. The hook belongs
/// to this library's own copy of Rust's runtime.
#[no_mangle]
pub extern "system" fn JNI_OnLoad(_vm: JavaVM, _reserved: *mut c_void) -> jint {
    panic::set_hook(Box::new(|_| ()));
    JNI_VERSION_1_8
}

fn answer<'local, T>(
    mut env: JNIEnv<'local>,
    exception: &str,
    otherwise: T,
    work: impl FnOnce(&mut JNIEnv<'local>) -> Result<T, Trouble>,
) -> T {
    let outcome = guarded(AssertUnwindSafe(|| Ok(work(&mut env))));
    match outcome {
        Ok(Ok(value)) => value,
        Ok(Err(Trouble::Pending)) => otherwise,
        Ok(Err(Trouble::Ours(failure))) | Err(failure) => {
            // An exception that is already pending (such as out of memory) must not be covered up. If ours
            // cannot be made, the JVM has one pending that says why.
            if !env.exception_check().unwrap_or(true) {
                let _ = throw(&mut env, exception, failure);
            }
            otherwise
        }
    }
}

fn throw(env: &mut JNIEnv, exception: &str, failure: Failure) -> jni::errors::Result<()> {
    let name = JObject::from(env.new_string(failure.name())?);
    let thrown = env.new_object(exception, "(Ljava/lang/String;)V", &[JValue::Object(&name)])?;
    env.throw(JThrowable::from(thrown))
}

fn threads(threads: jint) -> Result<usize, Failure> {
    usize::try_from(threads).map_err(|_| Failure::ThreadsOutOfRange)
}

/// Returns a buffer of this length, or a failure where `vec!` would end the JVM.
fn zeros<T: Clone + Default>(length: jsize) -> Result<Vec<T>, Failure> {
    let mut buffer = Vec::new();
    buffer
        .try_reserve_exact(length as usize)
        .map_err(|_| Failure::OutOfMemory)?;
    buffer.resize(length as usize, T::default());
    Ok(buffer)
}

fn longs(env: &JNIEnv, array: &JLongArray, declared: jint) -> Result<Vec<i64>, Trouble> {
    let length = env.get_array_length(array)?;
    if length != declared {
        return Err(Failure::LengthMismatch.into());
    }
    let mut copy = zeros(length)?;
    env.get_long_array_region(array, 0, &mut copy)?;
    Ok(copy)
}

fn new_longs(env: &JNIEnv, values: &[i64]) -> Result<jlongArray, Trouble> {
    let array = env.new_long_array(values.len() as jsize)?;
    env.set_long_array_region(&array, 0, values)?;
    Ok(array.into_raw())
}

#[no_mangle]
pub extern "system" fn Java_discreet_natives_NativeLibrary_selfTest<'local>(
    mut env: JNIEnv<'local>,
    _class: JClass<'local>,
    version: JString<'local>,
) -> jstring {
    let defect = match env.get_string(&version) {
        Ok(version) => self_test::run(&String::from(version)).err(),
        Err(_) => Some(self_test::Defect::WrongVersion),
    };
    match defect {
        None => std::ptr::null_mut(),
        Some(defect) => env
            .new_string(defect.name())
            .map_or(std::ptr::null_mut(), |text| text.into_raw()),
    }
}

#[no_mangle]
pub extern "system" fn Java_discreet_noise_OpenDp_addGaussian<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    sums: JLongArray<'local>,
    length: jint,
    sigma: jdouble,
    pool: jint,
) -> jlongArray {
    answer(env, NOISE_EXCEPTION, std::ptr::null_mut(), |env| {
        let mut values = longs(env, &sums, length)?;
        noise::add_gaussian(&mut values, sigma, threads(pool)?)?;
        new_longs(env, &values)
    })
}

#[no_mangle]
pub extern "system" fn Java_discreet_noise_OpenDp_rho<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    sigma: jdouble,
    sensitivity: jdouble,
) -> jdouble {
    answer(env, NOISE_EXCEPTION, f64::NAN, |_| {
        Ok(noise::rho(sigma, sensitivity)?)
    })
}

#[no_mangle]
pub extern "system" fn Java_discreet_noise_OpenDp_addGaussianAbove<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    values: JLongArray<'local>,
    length: jint,
    sigma: jdouble,
    threshold: jlong,
    pool: jint,
) -> jlongArray {
    answer(env, NOISE_EXCEPTION, std::ptr::null_mut(), |env| {
        let mut values = longs(env, &values, length)?;
        noise::add_gaussian_above(&mut values, sigma, threshold, threads(pool)?)?;
        new_longs(env, &values)
    })
}

/// Returns rho, then delta.
#[no_mangle]
pub extern "system" fn Java_discreet_noise_OpenDp_thresholdCost<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    sigma: jdouble,
    threshold: jlong,
    l0: jint,
    l2: jdouble,
    l_inf: jdouble,
) -> jdoubleArray {
    answer(env, NOISE_EXCEPTION, std::ptr::null_mut(), |env| {
        let l0 = u32::try_from(l0).map_err(|_| Failure::SensitivityOutOfRange)?;
        let (rho, delta) = noise::threshold_cost(sigma, threshold, l0, l2, l_inf)?;
        let array = env.new_double_array(2)?;
        env.set_double_array_region(&array, 0, &[rho, delta])?;
        Ok(array.into_raw())
    })
}

#[no_mangle]
pub extern "system" fn Java_discreet_noise_OpenDp_epsilon<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    rho: jdouble,
    delta: jdouble,
) -> jdouble {
    answer(env, NOISE_EXCEPTION, f64::NAN, |_| {
        Ok(conversion::epsilon(rho, delta)?)
    })
}

#[no_mangle]
pub extern "system" fn Java_discreet_noise_OpenDp_delta<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    rho: jdouble,
    epsilon: jdouble,
) -> jdouble {
    answer(env, NOISE_EXCEPTION, f64::NAN, |_| {
        Ok(conversion::delta(rho, epsilon)?)
    })
}

#[no_mangle]
pub extern "system" fn Java_discreet_noise_OpenDp_largestRho<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    epsilon: jdouble,
    delta: jdouble,
) -> jdouble {
    answer(env, NOISE_EXCEPTION, f64::NAN, |_| {
        Ok(conversion::largest_rho(epsilon, delta)?)
    })
}

/// Returns n x n numbers, and n. An answer may be n longer than the matrix and has to fit a Java array, too.
fn square(env: &JNIEnv, symmetric: &JDoubleArray, n: jint) -> Result<(Vec<f64>, usize), Trouble> {
    let size = usize::try_from(n).map_err(|_| Failure::LengthMismatch)?;
    let length = env.get_array_length(symmetric)?;
    // compared before anything is allocated
    if size.checked_mul(size) != Some(length as usize) || length.checked_add(n).is_none() {
        return Err(Failure::LengthMismatch.into());
    }
    let mut matrix = zeros(length)?;
    env.get_double_array_region(symmetric, 0, &mut matrix)?;
    Ok((matrix, size))
}

/// Returns n values, then n vectors of n numbers.
#[no_mangle]
pub extern "system" fn Java_discreet_statistics_Faer_eigen<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    symmetric: JDoubleArray<'local>,
    n: jint,
    pool: jint,
) -> jdoubleArray {
    answer(env, SPECTRUM_EXCEPTION, std::ptr::null_mut(), |env| {
        let (matrix, size) = square(env, &symmetric, n)?;
        let spectrum = Spectrum::of(&matrix, size, threads(pool)?)?;
        drop(matrix);
        let array = env.new_double_array(n * n + n)?;
        env.set_double_array_region(&array, 0, &spectrum.values)?;
        for q in 0..size {
            let offset = (size + q * size) as jsize;
            env.set_double_array_region(&array, offset, spectrum.vector(q))?;
        }
        Ok(array.into_raw())
    })
}

/// Returns n values, then vectors of n numbers. `wanted`, a ToIntFunction of the values, says how many
/// vectors. It is called on the caller's thread, and an exception from it is passed on. The reduction that
/// both parts need lives on this call's stack.
#[no_mangle]
pub extern "system" fn Java_discreet_statistics_Faer_leading<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    symmetric: JDoubleArray<'local>,
    n: jint,
    pool: jint,
    wanted: JObject<'local>,
) -> jdoubleArray {
    answer(env, SPECTRUM_EXCEPTION, std::ptr::null_mut(), |env| {
        let (matrix, size) = square(env, &symmetric, n)?;
        let reduced = Reduced::of(&matrix, size, threads(pool)?)?;
        drop(matrix);
        let values = env.new_double_array(n)?;
        env.set_double_array_region(&values, 0, &reduced.values)?;
        let count = env
            .call_method(
                &wanted,
                "applyAsInt",
                "(Ljava/lang/Object;)I",
                &[JValue::Object(&values)],
            )?
            .i()?;
        let vectors =
            reduced.vectors(usize::try_from(count).map_err(|_| Failure::LengthMismatch)?)?;
        let array = env.new_double_array(n + n * count)?;
        env.set_double_array_region(&array, 0, &reduced.values)?;
        env.set_double_array_region(&array, n, &vectors)?;
        Ok(array.into_raw())
    })
}
