using System.Text;
using Microsoft.Extensions.Logging;
using Pharos.Server.Logging;
using Pharos.Testing;

namespace Pharos.Server.Tests.Logging;

public sealed class SlogLoggerTests : IDisposable
{
    private readonly MemoryStream _stream = new();

    private string Written => Encoding.UTF8.GetString(_stream.ToArray());

    [Theory]
    [InlineData("Pharos.Scrape.ScrapeLoop", " source=ScrapeLoop msg=hello component=scrape\n")]
    [InlineData("Pharos.Server.Http.WebServer", " source=WebServer msg=hello\n")]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", " source=Kestrel msg=hello component=framework\n")]
    public void The_component_is_the_room_that_speaks(string category, string ending)
    {
        Logger(category, LogLevel.Information).LogWarning("hello");
        Assert.EndsWith(ending, Written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pharos.Server.X", LogLevel.Information, LogLevel.Debug, false)]
    [InlineData("Pharos.Server.X", LogLevel.Information, LogLevel.Information, true)]
    [InlineData("Microsoft.AspNetCore.X", LogLevel.Information, LogLevel.Information, false)]
    [InlineData("Microsoft.AspNetCore.X", LogLevel.Information, LogLevel.Warning, true)]
    [InlineData("Microsoft.AspNetCore.X", LogLevel.Debug, LogLevel.Debug, true)]
    [InlineData("Microsoft.AspNetCore.X", LogLevel.Error, LogLevel.Warning, false)]
    public void A_framework_is_heard_from_warnings_on_unless_somebody_debugs(string category, LogLevel minimum, LogLevel level, bool expected)
    {
        Assert.Equal(expected, Logger(category, minimum).IsEnabled(level));
    }

    [Fact]
    public void A_stream_that_nobody_reads_loses_lines_and_does_no_harm()
    {
        var sink = new LogSink(new BrokenStream(), LogFormat.Logfmt, LogLevel.Information, new ManualTimeProvider());
        new SlogLogger(sink, "Pharos.Server.X").LogError("hello");
    }

    public void Dispose() => _stream.Dispose();

    private SlogLogger Logger(string category, LogLevel minimum) => new(new LogSink(_stream, LogFormat.Logfmt, minimum, new ManualTimeProvider()), category);

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("broken pipe");
    }
}
