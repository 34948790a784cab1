using Pharos.Server.Configuration.Files;
using Pharos.Testing;

namespace Pharos.Server.Tests.Configuration.Files;

public sealed class FolderFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<(string Folder, Exception? Error)> _told = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_found_by_path_without_hidden_ones_and_each_folder_once()
    {
        _folder.Write("root/b.yml", "");
        _folder.Write("root/a/c.yml", "");
        _folder.Write("root/.git/d.yml", "");
        _folder.Write("root/.e.yml", "");
        _folder.Write("other/f.yml", "");
        Directory.CreateSymbolicLink(_folder.File("root/loop"), _folder.File("root"));
        Directory.CreateSymbolicLink(_folder.File("root/link"), _folder.File("other"));
        Assert.Equal(["a/c.yml", "b.yml", "link/f.yml"], Find(static _ => true));
        Assert.Empty(_told);
    }

    [Fact]
    public void Only_what_is_wanted_is_found()
    {
        _folder.Write("root/a.yml", "");
        _folder.Write("root/a.txt", "");
        Assert.Equal(["a.yml"], Find(static name => name.EndsWith(".yml", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_and_no_crash()
    {
        Assert.Empty(Find(static _ => true));
        Assert.IsType<DirectoryNotFoundException>(Assert.Single(_told).Error);
        Assert.Empty(FolderFiles.Find(_folder.File("root"), static _ => true));
    }

    [Fact]
    public void Too_many_files_are_cut_and_told()
    {
        Directory.CreateDirectory(_folder.File("root"));
        for (int i = 0; i <= FolderFiles.MaxFiles; i++)
        {
            File.Create(_folder.File($"root/{i}")).Dispose();
        }

        Assert.Equal(FolderFiles.MaxFiles, Find(static _ => true).Count());
        Assert.Equal((_folder.File("root"), null), Assert.Single(_told));
    }

    private IEnumerable<string> Find(Func<string, bool> isWanted) =>
        FolderFiles.Find(_folder.File("root"), isWanted, (at, error) => _told.Add((at, error))).Select(path => Path.GetRelativePath(_folder.File("root"), path));
}
