using System.Text.RegularExpressions;

namespace Pharos.Architecture.Tests;

public partial class SourceFileTests
{
    private const int MaxLines = 600;

    private static readonly string[] UnsafeFolders = ["src/Pharos.Core/Buffers/", "src/Pharos.Core/Hashing/", "src/Pharos.Storage/"];

    private static readonly string[] CoreFolders =
        ["Labels", "Matching", "Samples", "Histograms", "Relabeling", "Time", "Buffers", "Hashing", "Files", "Contracts"];

    private static readonly string[] CodeFolders = ["src", "samples", "tests", "conformance", "bench", "fuzz"];

    public static TheoryData<string, string, string[]> FolderRules => new()
    {
        // project, folder, folders of the same project that it may use
        { "Storage", "Chunks", [] },
        { "Storage", "Native", [] },
        { "Storage", "Index", ["Native"] },
        { "Storage", "Files", [] },
        { "Storage", "Wal", ["Files"] },
        { "Storage", "Inspection", ["Blocks", "Chunks", "Files", "Head", "Wal"] },
        { "Storage", "Repair", ["Blocks", "Chunks", "Compaction", "Files", "HeadChunks", "Native", "Wal"] },
        { "Storage", "HeadChunks", ["Chunks", "Files", "Native"] },
        { "Storage", "Head", ["Chunks", "Files", "HeadChunks", "Index", "Wal", "Native"] },
        { "Storage", "Blocks", ["Chunks", "Files", "Head", "Index", "Native"] },
        { "Storage", "Deletion", ["Blocks", "Files", "Head", "Querying", "Wal"] },
        { "Storage", "Compaction", ["Blocks", "Chunks", "Files", "Head", "HeadChunks", "Index", "Native"] },
        { "Storage", "Metadata", ["Head", "Wal"] },
        { "Storage", "Tailing", ["Exemplars", "Head", "Metadata", "Wal"] },
        { "Storage", "Snapshots", ["Chunks", "Exemplars", "Files", "Head", "HeadChunks", "Metadata", "Wal"] },
        { "Storage", "Backfill", ["Blocks", "Chunks", "Files", "Head", "Native"] },
        { "Storage", "Querying", ["Blocks", "Chunks", "Index", "Head"] },
        { "PromQL", "Syntax", [] },
        { "PromQL", "Functions", [] },
        { "PromQL", "Planning", ["Syntax", "Functions"] },
        { "PromQL", "Scheduling", ["Functions"] },
        { "PromQL", "Execution", ["Syntax", "Planning", "Functions", "Scheduling"] },
        { "PromQL", "Explaining", ["Syntax", "Planning", "Functions", "Execution"] },
    };

    [Fact]
    public void No_file_is_longer_than_600_lines()
    {
        IEnumerable<string> tooLong = CodeFolders.SelectMany(static f => SourceTree.Files(f, ".cs")).Where(static f => SourceTree.CountLines(f) > MaxLines);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Unsafe_code_stays_in_its_folders()
    {
        IEnumerable<string> outside = SourceTree.Files("src", ".cs")
            .Where(static f => !UnsafeFolders.Any(u => f.StartsWith(u, StringComparison.Ordinal)))
            .Where(static f => UnsafeWord().IsMatch(SourceTree.Read(f)));
        Assert.Empty(outside);
    }

    [Fact]
    public void Core_is_a_closed_list_of_folders()
    {
        IEnumerable<string> folders = SourceTree.Files("src/Pharos.Core", ".cs").Select(static f => f.Split('/')[2]).Distinct(StringComparer.Ordinal);
        Assert.Empty(folders.Except(CoreFolders, StringComparer.Ordinal));
    }

    [Fact]
    public void No_type_is_named_by_a_word_that_says_nothing()
    {
        IEnumerable<string> bad = SourceTree.Files("src", ".cs").Where(static f => EmptyName().IsMatch(Path.GetFileNameWithoutExtension(f)));
        Assert.Empty(bad);
    }

    [Fact]
    public void No_regions_and_no_promises_instead_of_behaviour()
    {
        IEnumerable<string> bad = CodeFolders.SelectMany(static f => SourceTree.Files(f, ".cs"))
            .Where(static f => !f.EndsWith("/SourceFileTests.cs", StringComparison.Ordinal))
            .Where(static f => RegionOrPromise().IsMatch(SourceTree.Read(f)));
        Assert.Empty(bad);
    }

    [Theory]
    [MemberData(nameof(FolderRules))]
    public void A_folder_uses_only_the_folders_below_it(string project, string folder, string[] mayUse)
    {
        string prefix = $"Pharos.{project}.";
        foreach (string file in SourceTree.Files($"src/Pharos.{project}/{folder}", ".cs"))
        {
            IEnumerable<string> used = SourceTree.Usings(file)
                .Where(u => u.StartsWith(prefix, StringComparison.Ordinal))
                .Select(u => u[prefix.Length..].Split('.')[0])
                .Where(u => !string.Equals(u, folder, StringComparison.Ordinal));
            Assert.True(!used.Except(mayUse, StringComparer.Ordinal).Any(), $"{file} uses {string.Join(", ", used)}; allowed: {string.Join(", ", mayUse)}");
        }
    }

    [GeneratedRegex(@"\bunsafe\b(?! code)(?=[^\n""]*[{(*])|\bstackalloc\b[^\n]*\*")]
    private static partial Regex UnsafeWord();

    [GeneratedRegex("(Helper|Helpers|Utils|Util|Common|Misc|Processor|Impl)$|Base$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^\s*#region|\b(TODO|FIXME|HACK|NotImplementedException)\b", RegexOptions.Multiline)]
    private static partial Regex RegionOrPromise();
}
