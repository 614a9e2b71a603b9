/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.statelink.config.Options;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;

class ExpectationFilterTest {
    private static Expectation of(String helper) {
        Expectation expectation = Expectations.of(1, 2);
        expectation.helper().set(helper);
        return expectation;
    }

    @Test
    void shouldAcceptNothingUnlessConfigured() {
        ExpectationFilter filter = new ExpectationFilter(Options.DEFAULT);
        assertThat(filter.isActive()).isFalse();
        assertThat(filter.accepts(of("ftp"))).isFalse();
    }

    @Test
    void shouldAcceptEveryHelper() {
        ExpectationFilter filter = new ExpectationFilter(new Options(false, true, List.of()));
        assertThat(filter.isActive()).isTrue();
        Expectation nameless = of("ftp");
        nameless.forget(ExpectationField.HELPER);
        assertThat(filter.accepts(of("anything"))).isTrue();
        assertThat(filter.accepts(nameless)).isTrue();
    }

    @Test
    void shouldAcceptNamesThatBeginAsListedInWhateverCase() {
        ExpectationFilter filter = new ExpectationFilter(new Options(false, true, List.of("FTP", "sip")));
        assertThat(filter.accepts(of("ftp"))).isTrue();
        assertThat(filter.accepts(of("Sip-5060"))).isTrue();
        assertThat(filter.accepts(of("tftp"))).isFalse();
        assertThat(filter.accepts(of("ft"))).isFalse();
        Expectation nameless = of("ftp");
        nameless.forget(ExpectationField.HELPER);
        assertThat(filter.accepts(nameless)).isFalse();
    }
}
