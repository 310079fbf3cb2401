import { serve as serveHttp } from '@hono/node-server';
import { createDoor } from './door/door.ts';
import { putOnNetwork } from './door/lan/lan.ts';
import { type Incoming, namesOneHost, twoHosts } from './door/oneHost.ts';
import { plain } from './door/plain.ts';
import { demoPin, fillDemo } from './studio/demo.ts';
import { forOwnerOnly } from './studio/owner-only.ts';
import { createStudio, type StudioOptions } from './studio/studio.ts';

export interface ServeOptions extends StudioOptions {
  /** Port on loopback; 0 takes a free one. */
  port: number;
  /** The built interface. */
  rendererDir: string;
  /** Sounds that ship with the booth. */
  soundsDir: string;
  /** Fill an empty library with synthesised portraits. */
  demo?: boolean;
}

export interface Serving {
  /** Address of the booth, e.g. `http://127.0.0.1:7411`; the desk is at `/desk`. */
  url: string;
  /** PIN of a demonstration. */
  demoPin: string | undefined;
  studio: Awaited<ReturnType<typeof createStudio>>;
  close(): Promise<void>;
}

/**
 * The composition without Electron: the same studio and the same door behind HTTP, on loopback and nowhere else.
 * Rejects when the port is taken or the library cannot be opened.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  forOwnerOnly();
  const studio = await createStudio(options);
  // The door must know its own address, which is only known once the port is.
  const origins: string[] = [];
  const door = createDoor(studio, {
    rendererDir: options.rendererDir,
    soundsDir: options.soundsDir,
    origins,
  });
  try {
    const { server, port } = await new Promise<{ server: ReturnType<typeof serveHttp>; port: number }>(
      (resolve, reject) => {
        const made = serveHttp(
          {
            fetch: (request, { incoming }: { incoming: Incoming }) =>
              namesOneHost(incoming) ? door(plain(request)) : twoHosts(),
            port: options.port,
            hostname: '127.0.0.1',
            overrideGlobalObjects: false,
          },
          (info) => resolve({ server: made, port: info.port }),
        );
        made.once('error', reject);
      },
    );
    origins.push(`http://127.0.0.1:${port}`, `http://localhost:${port}`);
    await putOnNetwork(studio, options);
    // The booth is open while its demonstration fills up: portraits slide into the desk one after the other.
    const filling = options.demo ? fillDemo(studio, options.resourcesDir) : undefined;
    filling?.catch((error: unknown) => studio.log('the demonstration could not be filled', error));
    return {
      url: `http://127.0.0.1:${port}`,
      demoPin: options.demo ? demoPin : undefined,
      studio,
      async close() {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        await filling?.catch(() => undefined);
        await studio.close();
        if ('closeAllConnections' in server) server.closeAllConnections();
        await closed;
      },
    };
  } catch (error) {
    await studio.close();
    throw error;
  }
}
