using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Testing;

namespace Pharos.Storage.Tests;

/// <summary>Upstream's tool, as <c>eng/get-peers</c> unpacks it.</summary>
internal static class Promtool
{
    private static string Binary => Path.Combine(Repository.Root, ".peers", "usr", "bin", "promtool");

    /// <summary>Skips the test where it is not unpacked; in continuous integration that is a failure.</summary>
    public static void SkipWithout()
    {
        if (!File.Exists(Binary))
        {
            Assert.False(Repository.IsContinuousIntegration, $"{Binary} is missing");
            Assert.Skip($"{Binary} is missing: run eng/get-peers .peers");
        }
    }

    /// <summary>Runs it to its end; its output. Fails when it fails.</summary>
    public static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Binary, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = new StringBuilder();
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"promtool {string.Join(' ', arguments)}: {output}{error}");
        return output;
    }

    /// <summary>Lets it write blocks of the samples into the folder.</summary>
    public static void CreateBlocks(TempFolder scratch, string folder, IReadOnlyDictionary<Labels, Sample[]> series)
    {
        var text = new StringBuilder();
        foreach ((Labels labels, Sample[] samples) in series)
        {
            string name = labels.First(static label => label.Name == "__name__").Value;
            string rest = string.Join(',', labels.Where(static label => label.Name != "__name__").Select(static label => $"{label.Name}=\"{label.Value}\""));
            foreach (Sample sample in samples)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{{{rest}}} {ValueOf(sample)} {sample.Timestamp / 1000}.{sample.Timestamp % 1000:000}\n");
            }
        }

        text.Append("# EOF\n");
        Run("tsdb", "create-blocks-from", "openmetrics", scratch.Write("samples.om", text.ToString()), folder);
    }

    /// <summary>All samples that it finds in a data folder, by labels as text.</summary>
    public static SortedDictionary<string, List<Sample>> Dump(string folder)
    {
        // It wants a log, be it empty.
        Directory.CreateDirectory(Path.Combine(folder, "wal"));
        var result = new SortedDictionary<string, List<Sample>>(StringComparer.Ordinal);
        foreach (string line in Run("tsdb", "dump", folder).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int end = line.LastIndexOf('}') + 1;
            string[] numbers = line[end..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!result.TryGetValue(line[..end], out List<Sample>? samples))
            {
                samples = [];
                result.Add(line[..end], samples);
            }

            samples.Add(new Sample(long.Parse(numbers[1], CultureInfo.InvariantCulture), Parse(numbers[0])));
        }

        return result;
    }

    /// <summary>Labels as it prints them.</summary>
    public static string Text(Labels labels) =>
        "{" + string.Join(", ", labels.Select(static label => $"{label.Name}=\"{label.Value}\"")) + "}";

    private static string ValueOf(Sample sample) =>
        double.IsNaN(sample.Value) ? "NaN" : double.IsInfinity(sample.Value) ? (sample.Value > 0 ? "+Inf" : "-Inf") : sample.Value.ToString("R", CultureInfo.InvariantCulture);

    private static double Parse(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => Staleness.NormalNaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
