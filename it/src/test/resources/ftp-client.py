# SPDX-License-Identifier: Apache-2.0
"""An active transfer by ftplib in two steps, each at a line on standard input: announce the port, then transfer."""
import ftplib
import sys

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
        ftp.putcmd("RETR file")
        listener.settimeout(8)
        data, _ = listener.accept()
        received = sum(iter(lambda: len(data.recv(65536)), 0))
        print("received %d" % received, flush=True)
    except OSError as e:
        print("failed: %s" % e, flush=True)
