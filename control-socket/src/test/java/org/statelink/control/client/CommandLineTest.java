/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.statelink.control.client.ParsedCommand.Kind;
import org.statelink.control.client.ParsedCommand.Message;

/** What conntrackd 1.4.7 was seen to do with these command lines. */
class CommandLineTest {
    private static ParsedCommand parse(String line) {
        return CommandLine.parse(line.isEmpty() ? new String[0] : line.replace("EMPTY", "").split(" ", -1));
    }

    private static String messages(ParsedCommand command) {
        return command.messages().stream().map(CommandLineTest::show).collect(Collectors.joining("; "));
    }

    private static String show(Message message) {
        return message.text().equals(UsageText.USAGE) ? "USAGE"
            : message.text().equals(UsageText.VERSION) ? "VERSION" : message.level() + ": " + message.text();
    }

    @ParameterizedTest
    @CsvSource({"-c,46", "-c ct,18", "-c c,18", "-c e,42", "-c EMPTY -c expect,42", "-c EMPTY,18", "-i,16", "-i ct,16",
        "-i EMPTY,16", "-i e,40", "-e,17", "-e c,17", "-e exp,41", "-i -x,24", "-i ct -x,24", "-i exp -x,47",
        "-e -x,25", "-e ct -x,25", "-e exp -x,48", "-i -x -n,23", "-n -i -x,24", "-i -e -x,25", "-f,45", "-f i,33",
        "-f e,34", "-f in,33", "-f EMPTY,33", "-F,43", "-F c,0", "-F e,38", "-F EMPTY,0", "-R,44", "-R ct,1",
        "-R expect,39", "-s,21", "-s n,28", "-s c,29", "-s r,30", "-s l,31", "-s rs,32", "-s p,35", "-s q,36",
        "-s ct,21", "-s cac,29", "-s e,37", "-s EMPTY,28", "-s ru,30", "-n,23", "-B,22", "-t,26", "-k,20", "-n -B,22",
        "-i -n,23", "-n -i,16", "-s -k,20", "-k -s cache,29", "-s cache -s,21", "-nfoo,23", "-n-,23", "-sfoo,21",
        "-s network network,17", "-i ct ct,26", "xn,23", "xi exp,40", "-c xn,23", "-i xn,23", "-i cti,26", "-e xk,20",
        "--promote,1397489666", "--demote,1397489667", "--status,1397489668", "--status -o json,1397489669",
        "-s -o json,1397489670", "-s n -o json,1397489671", "-s cache -o json,1397489672", "-s r -o json,1397489673",
        "-s link -o json,1397489674", "-s rs -o json,1397489675", "-s process -o json,1397489676",
        "-s q -o json,1397489677", "-i -o json,1397489678", "-o json -e ct,1397489679", "-s e -o json,1397489680",
        "-i e -o json,1397489681", "-e e -o json,1397489682", "-o json -C a --status,1397489669",
        "--reload,1397489665", "-C a --reload,1397489665", "--reload -n,23",
        "-s flows,1397489683",
        "-e -F xx,25", "-i -e xx,24", "-R nt,26", "-c -B -n,23", "-c -e -x,25", "-i xC file,-1"})
    void shouldFindTheRequest(String line, int request) {
        ParsedCommand command = parse(line);
        assertThat(command.kind()).isEqualTo(Kind.CLIENT);
        assertThat(command.request()).isEqualTo(request);
        assertThat(command.messages()).isEmpty();
    }

    /** Scripts for its first versions say that statistics mode is wanted. */
    @ParameterizedTest
    @CsvSource({"-S,CONSOLE", "-S -d,DAEMON", "-d -S,DAEMON", "-S -s,CLIENT"})
    void shouldPutUpWithTheOptionForStatisticsMode(String line, Kind kind) {
        ParsedCommand command = parse(line);
        assertThat(command.kind()).isEqualTo(kind);
        assertThat(command.messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "-x -i|1|USAGE; ERROR: Invalid parameters", "-n -x|1|USAGE; ERROR: Invalid parameters",
        "-i -n -x|1|USAGE; ERROR: Invalid parameters", "-i -x -x|1|USAGE; ERROR: Invalid parameters",
        "-c expectx|1|USAGE; ERROR: Invalid parameters", "-F expectB|1|USAGE; ERROR: Invalid parameters",
        "-d -k|1|USAGE; ERROR: Invalid parameters", "-k -d|1|USAGE; ERROR: Invalid parameters",
        "-d -x|1|USAGE; ERROR: Invalid parameters", "-i -x -d|1|USAGE; ERROR: Invalid parameters",
        "-d -s foo|1|USAGE; ERROR: Invalid parameters", "-i xd|1|USAGE; ERROR: Invalid parameters",
        "-f x|1|ERROR: unknown parameter `x' for option `-f'", "-s N|1|ERROR: unknown parameter `N' for option `-s'",
        "-s flow|1|ERROR: unknown parameter `flow' for option `-s'",
        "-s networkx|1|ERROR: unknown parameter `networkx' for option `-s'",
        "-s foo -d|1|ERROR: unknown parameter `foo' for option `-s'",
        "-F x|0|USAGE; ERROR: Unknown option: x", "-i foo -n|0|USAGE; ERROR: Unknown option: foo",
        "-z|0|USAGE; ERROR: Unknown option: -z", "-|0|USAGE; ERROR: Unknown option: -",
        "-n EMPTY|0|USAGE; ERROR: Unknown option: ", "-d -z|0|USAGE; ERROR: Unknown option: -z",
        "-z -d|0|USAGE; ERROR: Unknown option: -z", "--|0|USAGE; ERROR: Unknown option: --",
        "--help|0|USAGE", "--hel|0|USAGE; ERROR: Unknown option: --hel",
        "-o|0|USAGE; ERROR: Unknown option: -o", "-o xml -i|0|USAGE; ERROR: Unknown option: -o",
        "-i -o|0|USAGE; ERROR: Unknown option: -o", "-ojson -i|0|USAGE; ERROR: Unknown option: -ojson",
        "-n -o json|1|USAGE; ERROR: Invalid parameters", "-o json|1|USAGE; ERROR: Invalid parameters",
        "-i -x -o json|1|USAGE; ERROR: Invalid parameters", "-d -o json|1|USAGE; ERROR: Invalid parameters",
        "--chec|0|USAGE; ERROR: Unknown option: --chec",
        "--reload=x|0|USAGE; ERROR: Unknown option: --reload=x", "--check -d|1|USAGE; ERROR: Invalid parameters",
        "-d --reload|1|USAGE; ERROR: Invalid parameters", "--check --convert|1|USAGE; ERROR: Invalid parameters",
        "-n --check|1|USAGE; ERROR: Invalid parameters", "--reload -x|1|USAGE; ERROR: Invalid parameters",
        "-C -C foo|0|USAGE; ERROR: Unknown option: foo",
        "-v|0|VERSION", "-h|0|USAGE", "-n -v|0|VERSION", "-v -z|0|VERSION", "-d -h|0|USAGE", "-version|0|VERSION",
        "-s m -v|0|warning: use `link' instead of `multicast' as parameter.; VERSION"})
    void shouldPrintAndEnd(String line, int exitCode, String messages) {
        ParsedCommand command = parse(line);
        assertThat(command.kind()).isEqualTo(Kind.EXIT);
        assertThat(command.exitCode()).isEqualTo(exitCode);
        assertThat(messages(command)).isEqualToIgnoringWhitespace(messages);
    }

    @ParameterizedTest
    @CsvSource({"--check,CHECK", "--convert -C file,CONVERT", "-C --check,CONSOLE", "-d,DAEMON",
        "-d -d,DAEMON", "-d xd,DAEMON", "'',CONSOLE", "-C file,CONSOLE", "-C file -d,DAEMON"})
    void shouldFindWhatToDo(String line, Kind kind) {
        assertThat(parse(line).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"-n,/etc/conntrackd/conntrackd.conf", "-C a -n,a", "-n -C a,a", "-C a -C b -n,b", "-C -n,-n",
        "-C EMPTY -n,/etc/conntrackd/conntrackd.conf", "-Cfile -n,-n", "-i xC file,file"})
    void shouldFindTheConfigurationFile(String line, String file) {
        assertThat(parse(line).configFile()).isEqualTo(file);
    }

    @Test
    void shouldGoOnWithoutAFileName() {
        ParsedCommand command = parse("-C a -n -C");
        assertThat(command.kind()).isEqualTo(Kind.CLIENT);
        assertThat(command.configFile()).isEqualTo("a");
        assertThat(messages(command)).isEqualTo("USAGE; ERROR: Missing config filename");
    }

    @Test
    void shouldWarnOfTheOldWordForLink() {
        ParsedCommand command = parse("-s multicast");
        assertThat(command.request()).isEqualTo(31);
        assertThat(messages(command)).isEqualTo("warning: use `link' instead of `multicast' as parameter.");
    }

    @Test
    void shouldCutALongPath() {
        String longest = "/".repeat(4096);
        assertThat(parse("-C " + longest).configFile()).hasSize(4095);
        assertThat(parse("-C " + longest).messages()).isEmpty();
        assertThat(parse("-C " + longest + "/").configFile()).hasSize(4095);
        assertThat(parse("-C " + longest + "/").messages()).hasSize(1);
    }

    @Test
    void shouldSayWhatItIs() {
        List<String> version = UsageText.VERSION.lines().toList();
        assertThat(version).hasSize(2);
        assertThat(version.get(0)).isEqualTo(
            "Connection tracking userspace daemon v1.4.7 (Statelink 0.1.0). Licensed under Apache-2.0.");
        assertThat(UsageText.USAGE.lines()).startsWith("Connection tracking userspace daemon v1.4.7 (Statelink 0.1.0)",
            "Usage: conntrackd [commands] [options]", "", "General commands:");
    }
}
