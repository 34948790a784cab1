namespace Pharos.Server;

internal static class PharosProgram
{
    public static Task<int> RunAsync(string[] args) => Task.FromResult(args.Length == 0 ? 0 : 2);
}
