using Pharos.Server.Flags;

namespace Pharos.Server.Commands.Tsdb;

/// <summary>The data folder of a command line.</summary>
internal static class TsdbFolder
{
    private const string Default = "data/";

    /// <summary>The first word, or upstream's default.</summary>
    /// <exception cref="FlagException">There are more words than the command takes.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static string Of(IReadOnlyList<string> words, int maxWords = 1)
    {
        if (words.Count > maxWords)
        {
            throw new FlagException($"unexpected {words[maxWords]}", ExitCode.Usage);
        }

        string folder = words.Count > 0 ? words[0] : Default;
        return Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"there is no folder {folder}");
    }
}
