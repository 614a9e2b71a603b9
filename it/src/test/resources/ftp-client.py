# SPDX-License-Identifier: Apache-2.0
"""An active transfer by ftplib in steps, each at a line on standard input: announce the port, then ask for the file.
Of the file that is named live every line is told until another line on standard input ends the transfer."""
import ftplib
import sys
import threading


def follow(data):
    enough = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), enough.set()), daemon=True).start()
    with data, data.makefile("r") as lines:
        for line in lines:
            print(line, end="", flush=True)
            if enough.is_set():
                break
    print("ended, %s" % ftp.voidresp(), flush=True)


ftp = ftplib.FTP()
ftp.connect(sys.argv[1], 21, timeout=10)
ftp.login()
ftp.set_pasv(False)
print("connected", flush=True)

sys.stdin.readline()
with ftp.makeport() as listener:
    print("announced", flush=True)
    sys.stdin.readline()
    try:
        ftp.putcmd("RETR %s" % sys.argv[2])
        listener.settimeout(8)
        data, _ = listener.accept()
        if sys.argv[2] == "live":
            ftp.getresp()
            follow(data)
        else:
            received = sum(iter(lambda: len(data.recv(65536)), 0))
            print("received %d" % received, flush=True)
    except (OSError, EOFError, ftplib.Error) as e:
        print("failed: %s" % e, flush=True)
