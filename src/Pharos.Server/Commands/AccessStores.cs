using Pharos.Access;
using Pharos.Access.Passwords;
using Pharos.Access.Tokens;
using Pharos.Access.Users;
using Pharos.Server.Access;
using Pharos.Server.Flags;
using Pharos.State;

namespace Pharos.Server.Commands;

/// <summary>The users and tokens of a data folder, for commands; a server may run on the folder at the same time and sees changes within a second.</summary>
internal sealed class AccessStores : IDisposable
{
    private readonly FileDocumentStore _documents;

    private AccessStores(string dataFolder, TimeProvider clock, PasswordHasher hasher)
    {
        DataFolder = dataFolder;
        _documents = new FileDocumentStore(DataFolders.State(dataFolder), clock);
        Users = new UserStore(_documents, hasher, clock);
        Tokens = new TokenStore(_documents, clock);
    }

    /// <summary>The flag of every command that needs a data folder.</summary>
    public static FlagDefinition Flag { get; } = FlagCatalog.Serve.Find("storage.tsdb.path")!;

    public string DataFolder { get; }

    public UserStore Users { get; }

    public TokenStore Tokens { get; }

    /// <exception cref="AccessException">There is no such folder: a slip of the pen must not make a new one that no server looks at.</exception>
    public static AccessStores Open(FlagValues flags, CommandIo io, PasswordHasher hasher)
    {
        string folder = flags.Get(Flag.Name);
        return Directory.Exists(folder)
            ? new AccessStores(folder, io.Clock, hasher)
            : throw new AccessException($"there is no data folder {folder}: give the server's by --{Flag.Name}, or start the server once");
    }

    public void Dispose() => _documents.Dispose();
}
