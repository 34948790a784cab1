using Pharos.Server.Commands;
using Pharos.Testing;

namespace Pharos.Server.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly Recorder _serve = new("serve");
    private readonly Recorder _check = new("check");

    [Theory]
    [InlineData("", "")]
    [InlineData("serve", "")]
    [InlineData("serve folder", "folder")]
    [InlineData("--log.level=debug --agent", "--log.level=debug --agent")]
    [InlineData("serve --log.level=debug", "--log.level=debug")]
    public async Task Without_a_command_the_server_is_meant(string args, string passed)
    {
        Assert.Equal(0, await RunAsync(args));
        Assert.Equal(passed, string.Join(' ', _serve.Args!));
    }

    [Fact]
    public async Task A_command_gets_what_follows_its_name()
    {
        Assert.Equal(0, await RunAsync("check config a.yml --help"));
        Assert.Equal(["config", "a.yml", "--help"], _check.Args!);
        Assert.Null(_serve.Args);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("serve --version")]
    [InlineData("version")]
    public async Task The_version_names_the_build(string args)
    {
        Assert.Equal(0, await RunAsync(args));
        Assert.StartsWith("pharos, version ", _out.ToString(), StringComparison.Ordinal);
        Assert.Null(_serve.Args);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("serve --help")]
    [InlineData("--log.level=debug --help")]
    [InlineData("help")]
    [InlineData("help serve")]
    public async Task Help_lists_commands_and_flags(string args)
    {
        Assert.Equal(0, await RunAsync(args));
        string text = _out.ToString();
        Assert.Contains("\n  check      the check\n", text, StringComparison.Ordinal);
        Assert.Contains("--web.listen-address=\"0.0.0.0:9090\" ...", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wal-segment-size", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), static line => Assert.InRange(line.Length, 0, 120));
    }

    [Fact]
    public async Task Help_of_a_command_is_the_commands_own()
    {
        Assert.Equal(0, await RunAsync("help check"));
        Assert.Equal(["--help"], _check.Args!);
    }

    [Theory]
    [InlineData("chekc", "pharos: there is no command chekc: did you mean check?\n")]
    [InlineData("zzzzzzzz", "pharos: there is no command zzzzzzzz: see pharos --help\n")]
    [InlineData("help nosuch", "pharos: there is no command nosuch\n")]
    public async Task An_unknown_command_is_refused_with_the_nearest(string args, string message)
    {
        Assert.Equal(2, await RunAsync(args));
        Assert.Equal(message, _error.ToString());
    }

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    private Task<int> RunAsync(string args)
    {
        var io = new CommandIo(TextReader.Null, _out, _error, new ManualTimeProvider());
        return new CommandLine([_serve, _check]).RunAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries), io, TestContext.Current.CancellationToken);
    }

    private sealed class Recorder(string name) : ICommand
    {
        public string[]? Args { get; private set; }

        public string Name => name;

        public string Summary => "the " + name;

        public Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
        {
            Args = args;
            return Task.FromResult(0);
        }
    }
}
