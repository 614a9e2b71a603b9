# SPDX-License-Identifier: Apache-2.0
"""As much of an FTP server (RFC 959, RFC 2428) as an active transfer needs. Says so on standard output when it listens.
The file that is named live goes on, a line every 50 ms, until the client has enough."""
import itertools
import re
import socket
import time

CONTENT = b"what the client asked for\r\n" * 1000


def address(argument):
    if argument.startswith("|"):
        _, _, host, port, _ = argument.split("|")
        return host, int(port)
    numbers = re.findall(r"\d+", argument)
    return ".".join(numbers[:4]), int(numbers[4]) * 256 + int(numbers[5])


def transfer(to, file):
    with socket.create_connection(to, timeout=3) as data:
        if file == "live":
            data.settimeout(None)
            send_live(data)
        else:
            data.sendall(CONTENT)


def send_live(data):
    data.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        for number in itertools.count():
            data.sendall(b"%d\n" % number)
            time.sleep(0.05)
    except (BrokenPipeError, ConnectionResetError):
        pass


def serve(control):
    lines = control.makefile("rw", newline="\r\n")
    data_address = None

    def reply(text):
        lines.write(text + "\n")
        lines.flush()

    reply("220 ready")
    for line in lines:
        command, _, argument = line.strip().partition(" ")
        if command == "USER":
            reply("331 password")
        elif command == "PASS":
            reply("230 welcome")
        elif command in ("PORT", "EPRT"):
            data_address = address(argument)
            reply("200 noted")
        elif command == "RETR":
            reply("150 opening data connection")
            try:
                transfer(data_address, argument)
                reply("226 done")
            except OSError as e:
                reply("425 %s" % e)
        elif command == "QUIT":
            reply("221 goodbye")
            return
        else:
            reply("200 ignored")


with socket.create_server(("", 21), family=socket.AF_INET6, dualstack_ipv6=True) as listener:
    print("listening", flush=True)
    while True:
        connection, _ = listener.accept()
        with connection:
            serve(connection)
