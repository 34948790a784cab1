import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string; readonly dev?: boolean; readonly optional?: boolean }>>;
}

/** Writes `licences.txt` into the build: every package that the pages are made with, and its licence as it came. */
export function licences(): Plugin {
  let root = '';
  let folder = '';
  return {
    name: 'pharos-licences',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      folder = join(config.root, config.build.outDir);
    },
    async writeBundle() {
      const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as LockFile;
      const shipped = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && entry.dev !== true && entry.optional !== true);
      const parts = await Promise.all(
        shipped.map(async ([path, entry]) => {
          const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
          return `${name} ${entry.version ?? ''} (${entry.license ?? 'no licence named'})\n\n${await licenceOf(join(root, path))}`;
        }),
      );
      await writeFile(join(folder, 'licences.txt'), parts.join(`\n\n${'-'.repeat(80)}\n\n`));
    },
  };
}

async function licenceOf(path: string): Promise<string> {
  const files = await readdir(path);
  const name = files.find((file) => /^(licen[cs]e|copying)(\.|$|-)/i.test(file));
  return name === undefined ? 'The package has no file with its licence.' : (await readFile(join(path, name), 'utf8')).trim();
}
