"""The whole story on a sample office: a hub and five windows, each a process of its own."""
