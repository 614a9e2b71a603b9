/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import java.lang.reflect.Proxy;

/**
 * Signal handlers. The JDK's only way is {@code sun.misc.Signal}, whose use the compiler warns of without a switch
 * to silence it; so it is reached by reflection, here and nowhere else.
 */
public final class Signals {
    private Signals() {
    }

    /** Runs the action on a thread of the JVM each time the process gets the signal, named without {@code SIG}. */
    public static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler},
                (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(action, arguments);
                    }
                    action.run();
                    return null;
                });
            signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM cannot handle SIG" + name, e);
        }
    }
}
