using System.Net;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Sending;
using Pharos.Testing;
using static Pharos.Remote.Tests.Sending.SendingSetup;

namespace Pharos.Remote.Tests.Sending;

public sealed class Version2Tests
{
    private const string Version2 = "protobuf_message: io.prometheus.write.v2.Request\nsend_exemplars: true";

    [Fact]
    public async Task Series_come_with_symbols_start_and_metadata()
    {
        await using var setup = new SendingSetup();
        SeriesRef a = setup.Log.Hold(1, Named("a_total", "job", "x"));
        SeriesRef b = setup.Log.Hold(2, Named("b", "job", "x", "zone", "job"));
        setup.Log.Say(new SeriesMetadata(a, MetricType.Counter, "", "Old."));
        await setup.ApplyAsync(Version2);
        setup.Log.Say(new SeriesMetadata(a, MetricType.Counter, "seconds", "Help of a."));
        setup.Log.Append(At(a, 1, 1, start: T), At(b, 1, 2));
        await setup.DeliverAsync(2);

        MemoryReceiver.Request request = Assert.Single(setup.Receiver.Taken);
        Assert.Equal(
            ("application/x-protobuf;proto=io.prometheus.write.v2.Request", "2.0.0"), (request.Headers["Content-Type"], request.Headers["X-Prometheus-Remote-Write-Version"]));
        Assert.Equal((Named("a_total", "job", "x"), MetricType.Counter, "seconds", "Help of a."), (request.Series[0].Labels, request.Series[0].Type, request.Series[0].Unit, request.Series[0].Help));
        Assert.Equal([(T + 1000, 1.0, T)], request.Series[0].Samples);
        Assert.Equal((Named("b", "job", "x", "zone", "job"), MetricType.Unknown), (request.Series[1].Labels, request.Series[1].Type));
        Assert.Equal(1, setup.Counters[RemoteWriteCount.Metadata]);
        Assert.Contains(setup.Messages.Lines, static line => line.Contains("'metadata_config.send' is redundant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exemplars_go_with_their_sample_and_alone_when_that_has_left()
    {
        await using var setup = new SendingSetup();
        SeriesRef a = setup.Log.Hold(1, Named("a"));
        await setup.ApplyAsync(Version2);
        setup.Log.Append(At(a, 1, 1));
        setup.Log.Append(Exemplar(a, 900, "t1"), Exemplar(a, 950, "t2"));
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.PendingExemplars] == 2, "exemplars to be read");
        await setup.DeliverAsync(1);
        WrittenSeries series = Assert.Single(Assert.Single(setup.Receiver.Taken).Series);
        Assert.Equal(["t1", "t2"], series.Exemplars.Select(static e => e.Labels["trace_id"]));
        Assert.Single(series.Samples);

        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.PendingExemplars] == 0, "nothing to be pending");
        setup.Log.Append(Exemplar(a, 990, "t3"));
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.PendingExemplars] == 1, "the exemplar to be read");
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromSeconds(5)), "the deadline");
        setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await Wait.UntilAsync(() => setup.Receiver.Taken.Count == 2, "the exemplar");
        series = Assert.Single(setup.Receiver.Taken[1].Series);
        Assert.Equal((0, "t3", 0.5), (series.Samples.Count, series.Exemplars[0].Labels["trace_id"], series.Exemplars[0].Value));
    }

    [Fact]
    public async Task A_receiver_that_confirms_nothing_has_not_understood()
    {
        await using var setup = new SendingSetup();
        SeriesRef a = setup.Log.Hold(1, Named("a"));
        await setup.ApplyAsync(Version2);
        setup.Receiver.Answer = static _ => new HttpResponseMessage(HttpStatusCode.NoContent);
        setup.Log.Append(At(a, 1, 1));
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromSeconds(5)), "the deadline");
        setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.FailedSamples] == 1, "the failure");
        Assert.Contains(setup.Messages.Lines, static line => line.StartsWith("failed 1/0/0: sent v2 request with 1 samples", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_receiver_wrote_in_part_is_counted()
    {
        await using var setup = new SendingSetup();
        SeriesRef a = setup.Log.Hold(1, Named("a"));
        await setup.ApplyAsync(Version2);
        setup.Receiver.Answer = static _ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("out of order sample") };
            answer.Headers.Add("X-Prometheus-Remote-Write-Samples-Written", "2");
            return answer;
        };
        setup.Log.Append(At(a, 1, 1), At(a, 2, 2), At(a, 3, 3));
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromSeconds(5)), "the deadline");
        setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.FailedSamples] == 1, "one failure of three");
    }

    [Fact]
    public async Task Types_and_units_that_are_labels_are_sent_as_metadata_too()
    {
        await using var setup = new SendingSetup { TypeAndUnitLabels = true };
        SeriesRef a = setup.Log.Hold(1, Named("a", "__type__", "gaugehistogram", "__unit__", "bytes"));
        setup.Log.Say(new SeriesMetadata(a, MetricType.Counter, "other", "Help."));
        await setup.ApplyAsync(Version2);
        setup.Log.Append(At(a, 1, 1));
        await setup.DeliverAsync(1);
        WrittenSeries series = Assert.Single(Assert.Single(setup.Receiver.Taken).Series);
        Assert.Equal((MetricType.GaugeHistogram, "bytes", "Help."), (series.Type, series.Unit, series.Help));
    }

    [Fact]
    public async Task Many_series_with_many_texts_come_whole()
    {
        await using var setup = new SendingSetup();
        Labels[] all = [.. Enumerable.Range(1, 3000).Select(static i => Named($"m{i % 70}", "i", i.ToString(), "instance", $"host-{i % 211}:9100", "job", "x"))];
        for (int i = 0; i < all.Length; i++)
        {
            setup.Log.Hold((ulong)(i + 1), all[i]);
        }

        await setup.ApplyAsync(Version2);
        setup.Log.Append([.. all.Select(static (_, i) => At(new SeriesRef((ulong)(i + 1)), 1, i))]);
        await setup.DeliverAsync(all.Length);
        Assert.Equal(all, setup.Receiver.Taken.SelectMany(static r => r.Series).OrderBy(static s => s.Samples[0].Value).Select(static s => s.Labels));
    }

    private static SeriesExemplar Exemplar(SeriesRef series, int milliseconds, string trace) =>
        new(series, new Exemplar(Labels.Of("trace_id", trace), 0.5, T + milliseconds, HasTimestamp: true));
}
