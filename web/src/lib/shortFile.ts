/** The end of a path: the file and its folder, what tells it apart. The whole path is its title. */
export function shortFile(path: string): string {
  return path.split('/').slice(-2).join('/');
}
