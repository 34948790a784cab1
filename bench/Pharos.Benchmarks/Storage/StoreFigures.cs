using System.Diagnostics;
using System.Globalization;
using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage;

namespace Pharos.Benchmarks.Storage;

/// <summary>One run through the life of a store: create, append, look at memory, select and read, open again. CPU time of the process.</summary>
internal static class StoreFigures
{
    public static void Print(int seriesCount, int steps)
    {
        string folder = Directory.CreateTempSubdirectory("pharos-bench-").FullName;
        try
        {
            Run(folder, seriesCount, steps);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(string folder, int seriesCount, int steps)
    {
        using (var warm = Tsdb.Open(new TsdbOptions { Folder = folder + "-warm" }))
        {
            Fill(warm, new Fleet(2000), 300, quiet: true);
            ReadAll(warm, "warm");
            ReadAll(warm, "warm");
        }

        Directory.Delete(folder + "-warm", recursive: true);
        var fleet = new Fleet(seriesCount);
        var options = new TsdbOptions { Folder = folder, Retention = TimeSpan.Zero, Log = static message => Console.Out.WriteLine(message.Text) };
        long anonBefore = Anon();
        using (Tsdb db = Tsdb.Open(options))
        {
            Fill(db, fleet, steps, quiet: false);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            Console.Out.WriteLine(Text($"anonymous memory: {(Anon() - anonBefore) / (double)seriesCount:F0} bytes per series"));
            Console.Out.WriteLine(Text($"full collection: pauses of {PauseOf(GCCollectionMode.Forced, blocking: true):F1} ms blocking, {PauseOf(GCCollectionMode.Forced, blocking: false):F1} ms in the background"));
            Console.Out.WriteLine(Text($"managed heap: {GC.GetTotalMemory(false) / (1024.0 * 1024):F1} MiB"));
            TsdbMetrics metrics = db.GetMetrics();
            foreach ((string kind, long bytes) in metrics.NativeBytes)
            {
                Console.Out.WriteLine(Text($"  {kind}: {bytes / (double)seriesCount:F1} bytes per series"));
            }

            Console.Out.WriteLine(Text($"log: {metrics.WalStorageBytes / (double)metrics.SamplesAppended:F2} bytes per sample; chunks {metrics.Chunks}"));
            ReadAll(db, "whole range, one thread");
            ReadAll(db, "again");
            Select(db, new Matcher(Pharos.Core.Matching.MatchType.Equal, "__name__", "http_request_duration_seconds_bucket"), new Matcher(Pharos.Core.Matching.MatchType.Equal, "job", "cart"));
            Select(db, new Matcher(Pharos.Core.Matching.MatchType.Equal, "__name__", "http_request_duration_seconds_bucket"), new Matcher(Pharos.Core.Matching.MatchType.Match, "pod", "(checkout|cart)-.*"));
            Select(db, new Matcher(Pharos.Core.Matching.MatchType.Equal, "__name__", "http_requests_total"));
        }

        double samples = (double)seriesCount * steps;
        OpenAgain(options, samples, "snapshot");
        OpenAgain(options with { HeadSnapshots = false }, samples, "log and files of head chunks");
        Directory.Delete(Path.Combine(folder, "chunks_head"), recursive: true);
        OpenAgain(options with { HeadSnapshots = false }, samples, "log alone");
    }

    private static void OpenAgain(TsdbOptions options, double samples, string from)
    {
        TimeSpan before = Cpu();
        long started = Stopwatch.GetTimestamp();
        using Tsdb db = Tsdb.Open(options);
        TimeSpan cpu = Cpu() - before;
        Console.Out.WriteLine(Text($"opening from {from}: {cpu.TotalMilliseconds:F0} ms CPU, {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms wall, {cpu.TotalNanoseconds / samples:F1} ns CPU a sample"));
    }

    // The longest of five.
    private static double PauseOf(GCCollectionMode mode, bool blocking)
    {
        double longest = 0;
        for (int i = 0; i < 5; i++)
        {
            TimeSpan before = GC.GetTotalPauseDuration();
            int collections = GC.CollectionCount(GC.MaxGeneration);
            GC.Collect(GC.MaxGeneration, mode, blocking);
            while (GC.CollectionCount(GC.MaxGeneration) == collections)
            {
                Thread.Yield();
            }

            longest = Math.Max(longest, (GC.GetTotalPauseDuration() - before).TotalMilliseconds);
        }

        return longest;
    }

    private static SeriesRef[] Create(Tsdb db, Fleet fleet, bool quiet)
    {
        var series = new SeriesRef[fleet.Count];
        var labels = new Core.Labels.Labels[10_000];
        TimeSpan creating = TimeSpan.Zero;
        for (int from = 0; from < series.Length; from += labels.Length)
        {
            int count = Math.Min(labels.Length, series.Length - from);
            for (int i = 0; i < count; i++)
            {
                labels[i] = Fleet.LabelsOf(from + i);
            }

            TimeSpan before = Cpu();
            for (int i = 0; i < count; i++)
            {
                series[from + i] = db.GetOrAdd(labels[i]);
            }

            creating += Cpu() - before;
        }

        Report("creating", "series", Cpu() - creating, fleet.Count, quiet);
        return series;
    }

    private static void Fill(Tsdb db, Fleet fleet, int steps, bool quiet)
    {
        const int perBatch = 2000;
        SeriesRef[] series = Create(db, fleet, quiet);
        GC.Collect();
        var batch = new SampleBatch(perBatch);
        var values = new double[fleet.Count];
        TimeSpan total = TimeSpan.Zero;
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = fleet.Next(i);
            }

            TimeSpan cpu = Cpu();
            for (int from = 0; from < series.Length; from += perBatch)
            {
                batch.Clear();
                for (int i = from; i < series.Length && i < from + perBatch; i++)
                {
                    batch.Add(series[i], Fleet.Start + (step * Fleet.StepMs) + (i / 100 % 1000), values[i]);
                }

                db.Append(batch);
            }

            total += Cpu() - cpu;
            if (step == 0)
            {
                Report("first sample of each", "series", cpu, fleet.Count, quiet);
                total = TimeSpan.Zero;
            }
        }

        if (!quiet)
        {
            Console.Out.WriteLine(Text($"appending: {total.TotalNanoseconds / ((double)fleet.Count * (steps - 1)):F1} ns CPU a sample"));
        }
    }

    private static void ReadAll(Tsdb db, string what)
    {
        TimeSpan started = Cpu();
        using ISeriesQuerier querier = db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
        TimeSpan selected = Cpu() - started;
        var buffer = new SampleBuffer();
        long samples = 0;
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, long.MinValue, long.MaxValue, buffer);
            samples += buffer.Count;
        }

        if (what != "warm")
        {
            TimeSpan elapsed = Cpu() - started;
            Console.Out.WriteLine(Text($"reading, {what}: {(elapsed - selected).TotalNanoseconds / samples:F2} ns a sample; selecting all {selected.TotalNanoseconds / set.Count:F1} ns a series"));
        }
    }

    private static void Select(Tsdb db, params Matcher[] matchers)
    {
        double best = double.MaxValue;
        int count = 0;
        for (int round = 0; round < 30; round++)
        {
            long started = Stopwatch.GetTimestamp();
            using ISeriesQuerier querier = db.OpenQuerier();
            count = querier.Select(new SeriesSelection(matchers, long.MinValue, long.MaxValue), CancellationToken.None).Count;
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        Console.Out.WriteLine(Text($"selecting {string.Join(", ", (object[])matchers)}: {count} series, {best:F0} us"));
    }

    private static void Report(string what, string unit, TimeSpan before, int count, bool quiet)
    {
        if (!quiet)
        {
            Console.Out.WriteLine(Text($"{what}: {(Cpu() - before).TotalNanoseconds / count:F0} ns CPU a {unit}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Cpu() => Environment.CpuUsage.TotalTime;

    private static long Anon()
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("RssAnon:", StringComparison.Ordinal))
            {
                return 1024 * long.Parse(line.AsSpan(8, line.Length - 8 - 3).Trim(), CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }
}
