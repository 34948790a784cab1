using System.Net;
using EndpointStats.Hosting;

namespace EndpointStats.Tests.Hosting;

public sealed class FlagsTests
{
    [Fact]
    public void Without_flags_it_stays_on_this_machine_and_does_well()
    {
        Flags flags = Parse();
        Assert.Equal(IPAddress.Loopback, flags.Address);
        Assert.Null(flags.Port);
        Assert.Equal(0, flags.Traffic.Errors);
        Assert.Equal(0, flags.Traffic.Slowness);
        Assert.True(flags.Traffic.Rate > 0);
    }

    [Fact]
    public void Flags_are_taken_in_both_forms_and_go_before_the_environment()
    {
        Flags flags = Flags.Parse(["--port", "8080", "--errors=0.25"], Flags.OfApplication, static name => name switch
        {
            "ENDPOINT_STATS_PORT" => "9999",
            "ENDPOINT_STATS_SLOWNESS" => "1.5",
            _ => null,
        });
        Assert.Equal(8080, flags.Port);
        Assert.Equal(0.25, flags.Traffic.Errors);
        Assert.Equal(1.5, flags.Traffic.Slowness);
    }

    [Theory]
    [InlineData("--prot=1", "unknown flag --prot")]
    [InlineData("port", "unexpected port")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--port=70000", "--port 70000 is not between 0 and 65535")]
    [InlineData("--port=-1", "--port -1 is not between 0 and 65535")]
    [InlineData("--address=nowhere", "--address nowhere is no IP address")]
    [InlineData("--errors=1.5", "--errors 1.5 is not between 0 and 1")]
    [InlineData("--errors=NaN", "--errors NaN is not between 0 and 1")]
    [InlineData("--slowness=much", "--slowness much is no number")]
    [InlineData("--rate=501", "--rate 501 is not between 0 and 500")]
    public void What_is_wrong_is_said(string argument, string message) =>
        Assert.StartsWith(message, Assert.Throws<FlagException>(() => Parse(argument)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_sink_has_no_traffic() => Assert.Throws<FlagException>(static () => Flags.Parse(["--rate=1"], Flags.OfSink, static _ => null));

    [Fact]
    public async Task A_wrong_flag_ends_the_program_with_2_and_help_with_0()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(2, await Commands.RunAsync(["--prot"], output, error));
        Assert.StartsWith("endpoint-stats: unknown flag --prot", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Commands.RunAsync(["--help"], output, error));
        Assert.All(Flags.OfApplication, flag => Assert.Contains("--" + flag, output.ToString(), StringComparison.Ordinal));
    }

    private static Flags Parse(params string[] args) => Flags.Parse(args, Flags.OfApplication, static _ => null);
}
