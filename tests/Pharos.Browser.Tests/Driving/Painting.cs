using Microsoft.Playwright;
using Pharos.Testing.Processes;

namespace Pharos.Browser.Tests.Driving;

/// <summary>What a chart has painted: its pixels are read, not its title.</summary>
/// <param name="Pixels">Coloured ones: lines and areas. Axes and grid are grey.</param>
/// <param name="Columns">The columns of the canvas, of a hundred, that have one.</param>
/// <param name="Colours">How many hues there are, in steps of 30 degrees.</param>
/// <param name="Print">A number that another picture hardly has.</param>
internal sealed record Painting(int Pixels, int Columns, int Colours, long Print)
{
    private const string Script = """
        (host) => {
          const canvas = host.querySelector('canvas');
          if (canvas === null || canvas.width === 0 || canvas.height === 0) {
            return [0, 0, 0, 0];
          }
          const { width, height } = canvas;
          // A copy: the page's own canvas is not made to be read again and again, and the browser would say so on the console.
          const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, width, height);
          const columns = new Set();
          const hues = new Map();
          let pixels = 0;
          let print = 7;
          for (let i = 0; i < data.length; i += 4) {
            const [r, g, b, a] = [data[i], data[i + 1], data[i + 2], data[i + 3]];
            const high = Math.max(r, g, b);
            const spread = high - Math.min(r, g, b);
            if (a > 100 && spread > 60) {
              pixels++;
              columns.add(Math.floor(((i / 4) % width) * 100 / width));
              const hue = high === r ? ((g - b) / spread + 6) % 6 : high === g ? (b - r) / spread + 2 : (r - g) / spread + 4;
              const step = Math.floor(hue * 2);
              hues.set(step, (hues.get(step) ?? 0) + 1);
              print = (print * 31 + i + r) % 2147483647;
            }
          }
          return [pixels, columns.size, [...hues.values()].filter((count) => count > 20).length, print];
        }
        """;

    /// <summary>Reads the chart inside an element.</summary>
    public static async Task<Painting> ReadAsync(ILocator host)
    {
        long[] read = await host.EvaluateAsync<long[]>(Script);
        return new Painting((int)read[0], (int)read[1], (int)read[2], read[3]);
    }

    /// <summary>Waits until the chart inside an element is as wanted.</summary>
    public static async Task<Painting> UntilAsync(ILocator host, string what, Func<Painting, bool> condition)
    {
        var last = new Painting(0, 0, 0, 0);
        await Until.TrueAsync(what, async () =>
        {
            last = await ReadAsync(host);
            return condition(last);
        }, () => last.ToString(), TimeSpan.FromSeconds(30));
        return last;
    }
}
