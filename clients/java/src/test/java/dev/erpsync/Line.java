package dev.erpsync;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A line to a server of this machine, which can be cut. */
final class Line implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final List<Socket> ends = new ArrayList<>();
    private int refusals;

    Line(int server) throws IOException {
        this.server = server;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Closes all connections; new ones can be made. */
    synchronized void cut() {
        for (Socket it : ends) {
            try {
                it.setSoLinger(true, 0);
                it.close();
            } catch (IOException gone) {
                // As it should be.
            }
        }
        ends.clear();
    }

    /** Closes all connections, and the next ones as they are made. */
    synchronized void refuse(int connections) {
        refusals = connections;
        cut();
    }

    private synchronized boolean isRefused() {
        return refusals > 0 && refusals-- > 0;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                if (isRefused()) {
                    client.close();
                    continue;
                }
                Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
                synchronized (this) {
                    ends.add(client);
                    ends.add(there);
                }
                start(() -> pump(client, there));
                start(() -> pump(there, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // The other direction notices as well.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }
}
